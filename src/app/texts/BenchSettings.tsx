import { Explain } from "../controls/Explain";
import { NumberField } from "../controls/NumberField";
import { SeedField } from "../controls/SeedField";
import { useLab } from "../state/lab";
import { setTexts } from "../state/run-texts";
import type { BenchSettings as Settings } from "../state/texts-slice";

/** How the next token is chosen, and how many. */
export function BenchSettings(): React.JSX.Element {
  const settings = useLab((lab) => lab.texts.settings);
  const context = useLab(({ results: { model } }) =>
    model?.architecture === "Olmo2ForCausalLM" ? model.contextLength : 1000,
  );
  const change = (part: Partial<Settings>): void => setTexts({ settings: { ...settings, ...part } });
  return (
    <fieldset className="bench-settings">
      <legend className="visually-hidden">How tokens are chosen</legend>
      <label className="check">
        <input
          type="checkbox"
          checked={settings.greedy}
          onChange={(event) => change({ greedy: event.target.checked })}
        />
        <Explain term="greedy">Greedy</Explain>
      </label>
      <NumberField
        label="Tokens at most"
        term="tokensAtMost"
        value={settings.maxTokens}
        minimum={1}
        maximum={context}
        onChange={(maxTokens) => change({ maxTokens })}
      />
      <fieldset className="bench-chance" disabled={settings.greedy}>
        <legend className="visually-hidden">Chance, unless greedy</legend>
        <NumberField
          label="Temperature"
          term="temperature"
          value={settings.temperature}
          minimum={0.05}
          maximum={5}
          step={0.05}
          onChange={(temperature) => change({ temperature })}
        />
        <NumberField
          label="Top-k"
          term="topK"
          value={settings.topK}
          minimum={1}
          maximum={200000}
          onChange={(topK) => change({ topK })}
        />
        <NumberField
          label="Top-p, %"
          term="topP"
          value={Number((settings.topP * 100).toFixed(4))}
          minimum={1}
          maximum={100}
          step={1}
          onChange={(percent) => change({ topP: Number((percent / 100).toFixed(6)) })}
        />
        <SeedField term="writingSeed" value={settings.seed} onChange={(seed) => change({ seed })} />
      </fieldset>
    </fieldset>
  );
}
