import type { useOpening } from "./use-opening";

/** What is being read, told as it changes, and the way to stop it. */
export function OpeningStatus({
  opening,
  cancelLabel,
}: {
  readonly opening: Pick<ReturnType<typeof useOpening>, "reading" | "cancel">;
  readonly cancelLabel: string;
}): React.JSX.Element {
  return (
    <div role="status">
      {opening.reading !== undefined && (
        <p className="opening">
          {opening.reading}
          <button type="button" onClick={opening.cancel}>
            {cancelLabel}
          </button>
        </p>
      )}
    </div>
  );
}
