import type { Preset } from "../../recipe/presets/preset";
import { presets, presetsFor } from "../../recipe/presets/presets";
import { ThemeChoice } from "../controls/ThemeChoice";
import { choosePreset } from "../state/change-recipe";
import { useLab } from "../state/lab";
import { same, shippedModel } from "../state/recipe-slice";
import { bookAddress } from "../state/route";
import { DeviceBadge } from "./DeviceBadge";
import { ShareButton } from "./ShareButton";

export function Header(): React.JSX.Element {
  const title = useLab((lab) => lab.recipe.recipe?.title);
  const recipe = useLab((lab) => lab.recipe.recipe);
  const shown = recipe === undefined ? presets.slice(0, 1) : presetsFor(recipe);
  return (
    <header className="masthead">
      <div className="masthead-title">
        <h1>Eigenband</h1>
        <p>
          What a network learned by heart lies where its loss is flat. Cut the flat directions away, and watch
          it forget.
        </p>
      </div>
      <div className="masthead-tools">
        <DeviceBadge />
        <a className="button" href={bookAddress()}>
          The book
        </a>
        <ShareButton />
        <ThemeChoice />
      </div>
      <nav className="presets" aria-label="Presets">
        {shown.map((preset) => (
          <PresetButton key={preset.name} preset={preset} />
        ))}
        <span className="recipe-title">{title ?? "…"}</span>
      </nav>
    </header>
  );
}

function PresetButton({ preset }: { readonly preset: Preset }): React.JSX.Element {
  const recipe = useLab((lab) => lab.recipe.recipe);
  const base = useLab((lab) => shippedModel(lab.recipe)?.recipe);
  const layers = useLab((lab) => lab.results.model?.layers);
  const open = base !== undefined && layers !== undefined && same(preset.recipe(base, layers), recipe);
  return (
    <button
      type="button"
      aria-pressed={open}
      disabled={layers === undefined || recipe === undefined}
      title={`${preset.purpose} (${preset.source})`}
      onClick={() => choosePreset(preset)}
    >
      {preset.title}
    </button>
  );
}
