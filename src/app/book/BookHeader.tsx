import { currentLink } from "../state/address";
import { ThemeChoice } from "../controls/ThemeChoice";

/** The masthead of the book: the way back into the lab as it was left. */
export function BookHeader(): React.JSX.Element {
  return (
    <>
      <a
        className="skip-link"
        href="#book"
        onClick={(event) => {
          event.preventDefault();
          document.getElementById("book")?.focus();
        }}
      >
        Skip to the book
      </a>
      <header className="masthead">
        <div className="masthead-title">
          <h1>Eigenband</h1>
          <p>
            What a network learned by heart lies where its loss is flat. Cut the flat directions away, and
            watch it forget.
          </p>
        </div>
        <div className="masthead-tools">
          <a className="button" href={`#${currentLink() ?? ""}`}>
            To the lab
          </a>
          <ThemeChoice />
        </div>
      </header>
    </>
  );
}
