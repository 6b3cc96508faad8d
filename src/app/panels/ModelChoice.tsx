import type { CatalogueModel } from "../../recipe/catalogue";
import { chooseModel } from "../state/change-recipe";
import { useLab } from "../state/lab";
import { shippedModel } from "../state/recipe-slice";
import { KeptModels } from "../training/KeptModels";
import { ModelCard } from "./ModelCard";

const procedureNotes: Readonly<Record<CatalogueModel["procedure"], string>> = {
  plain: "",
  staged: "Trained in stages: attention was frozen while it memorized. That is not ordinary training.",
  clean: "No label was wrong: nothing was planted, so there is nothing to forget.",
  planted: "",
};

/** The shipped models, those trained here, and the dropped one while it is in use. */
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
      <KeptModels />
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
