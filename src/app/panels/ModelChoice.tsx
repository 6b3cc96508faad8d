import type { CatalogueModel } from "../../recipe/catalogue";
import { chooseModel } from "../state/change-recipe";
import { useLab } from "../state/lab";
import { shippedModel } from "../state/recipe-slice";

const procedureNotes: Readonly<Record<CatalogueModel["procedure"], string>> = {
  plain: "",
  staged: "Trained in stages: attention was frozen while it memorized. That is not ordinary training.",
  clean: "No label was wrong: nothing was planted, so there is nothing to forget.",
  planted: "",
};

/** The shipped models, and the dropped one while it is in use. */
export function ModelChoice(): React.JSX.Element {
  const models = useLab((lab) => lab.recipe.catalogue?.models);
  const current = useLab((lab) => shippedModel(lab.recipe));
  const own = useLab((lab) => lab.recipe.recipe?.model.kind === "dropped");
  const title = useLab((lab) => lab.recipe.recipe?.title);
  return (
    <fieldset className="model-choice">
      <legend className="visually-hidden">Model</legend>
      {models === undefined && <p className="muted">The list of models has not come yet.</p>}
      {(models ?? []).map((model) => (
        <ModelCard
          key={model.name}
          title={model.title}
          description={model.description}
          note={procedureNotes[model.procedure]}
          chosen={model === current}
          onChoose={() => chooseModel(model)}
        />
      ))}
      {own && (
        <ModelCard
          title={title === undefined || title === "" ? "Your model" : title}
          description="From your own files; they stay in this browser."
          note=""
          chosen
          onChoose={() => undefined}
        />
      )}
    </fieldset>
  );
}

function ModelCard(props: {
  readonly title: string;
  readonly description: string;
  readonly note: string;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}): React.JSX.Element {
  return (
    <label>
      <input type="radio" name="model" checked={props.chosen} onChange={props.onChoose} />
      <span>
        <strong>{props.title}</strong>
        <small>{props.description}</small>
        {props.note !== "" && <em>{props.note}</em>}
      </span>
    </label>
  );
}
