import { useLab } from "../state/lab";
import { chooseTheme } from "../state/theme";
import { Segmented } from "./Segmented";

const themes = [
  { value: "system", label: "Auto" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
] as const;

export function ThemeChoice(): React.JSX.Element {
  const theme = useLab((lab) => lab.view.theme);
  return <Segmented label="Colours" choices={themes} value={theme} onChange={chooseTheme} />;
}
