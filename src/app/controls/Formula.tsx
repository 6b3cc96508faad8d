import { useEffect, useState } from "react";

/** A formula in TeX. KaTeX is fetched when the first one is shown; until then the TeX itself stands there. */
export function Formula({ tex }: { readonly tex: string }): React.JSX.Element {
  const [html, setHtml] = useState<string>();
  useEffect(() => {
    let gone = false;
    loadKatex()
      .then((katex) => {
        if (!gone)
          setHtml(
            katex.renderToString(tex, { displayMode: true, output: "htmlAndMathml", throwOnError: false }),
          );
      })
      .catch(() => undefined);
    return () => {
      gone = true;
    };
  }, [tex]);
  // The TeX comes from glossary.ts alone, and KaTeX escapes what it renders.
  return html === undefined ? (
    <code className="formula">{tex}</code>
  ) : (
    <span className="formula" dangerouslySetInnerHTML={{ __html: html }} />
  );
}

/** The style sheet brings the fonts; both are one fetch. */
async function loadKatex() {
  const [module] = await Promise.all([import("katex"), import("katex/dist/katex.min.css")]);
  return module.default;
}
