import { type RefObject, useId, useRef, useState } from "react";
import type { DataTable, ImageSource } from "./chart";
import { fileStem, saveFile, tableToCsv, tableToJson } from "./table-export";

const FORMATS = ["PNG", "SVG", "CSV", "JSON"] as const;
type Format = (typeof FORMATS)[number];

/** Saves the picture or exactly the numbers that are shown. */
export function FigureMenu(props: {
  readonly title: string;
  readonly source: string;
  readonly table: DataTable;
  readonly image: RefObject<ImageSource | null>;
}): React.JSX.Element {
  const { title, source, table, image } = props;
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const [fault, setFault] = useState<string>();

  const save = async (format: Format): Promise<void> => {
    try {
      saveFile(`${fileStem(title)}.${format.toLowerCase()}`, await content(format));
      setFault(undefined);
      menu.current?.hidePopover();
    } catch (error) {
      setFault(`${format} could not be written: ${error instanceof Error ? error.message : String(error)}`);
    }
  };

  const content = async (format: Format): Promise<Blob> => {
    if (format === "CSV") return new Blob([tableToCsv(table)], { type: "text/csv" });
    if (format === "JSON") return new Blob([tableToJson(title, source, table)], { type: "application/json" });
    if (image.current === null) throw new Error("there is no picture yet");
    return format === "PNG" ? image.current.png() : image.current.svg();
  };

  const place = (): void => {
    if (button.current === null || menu.current === null) return;
    const { right, bottom } = button.current.getBoundingClientRect();
    const { width, height } = menu.current.getBoundingClientRect();
    menu.current.style.left = `${String(Math.max(8, Math.round(right - width)))}px`;
    menu.current.style.top = `${String(Math.round(Math.min(bottom + 4, innerHeight - height - 8)))}px`;
  };

  return (
    <>
      <button ref={button} type="button" popoverTarget={id} aria-label={`Export ${title}`}>
        Export
      </button>
      <div
        ref={menu}
        id={id}
        popover="auto"
        className="figure-menu"
        onToggle={(event) => {
          if (event.newState === "open") place();
        }}
      >
        {FORMATS.map((format) => (
          <button key={format} type="button" onClick={() => void save(format)}>
            {format}
            <small>{format === "PNG" || format === "SVG" ? "picture" : "values"}</small>
          </button>
        ))}
        {fault !== undefined && <p role="alert">{fault}</p>}
      </div>
    </>
  );
}
