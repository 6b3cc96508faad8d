import { presets } from "../../recipe/presets/presets";
import { Segmented } from "../controls/Segmented";
import { choosePreset } from "../state/change-recipe";
import { useLab } from "../state/lab";
import { chooseTheme } from "../state/theme";
import { DeviceBadge } from "./DeviceBadge";
import { ShareButton } from "./ShareButton";

const themes = [
  { value: "system", label: "Auto" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
] as const;

export function Header(): React.JSX.Element {
  const theme = useLab((lab) => lab.view.theme);
  const title = useLab((lab) => lab.recipe.recipe?.title);
  const ready = useLab((lab) => lab.results.model !== undefined && lab.recipe.recipe !== undefined);
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
        <ShareButton />
        <Segmented label="Colours" choices={themes} value={theme} onChange={chooseTheme} />
      </div>
      <nav className="presets" aria-label="Figures of the paper">
        {presets.map((preset) => (
          <button
            key={preset.name}
            type="button"
            disabled={!ready}
            title={`${preset.purpose} (${preset.source})`}
            onClick={() => choosePreset(preset)}
          >
            {preset.title}
          </button>
        ))}
        <span className="recipe-title">{title ?? "…"}</span>
      </nav>
    </header>
  );
}
