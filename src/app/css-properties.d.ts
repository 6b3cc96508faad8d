import "react";

declare module "react" {
  interface CSSProperties {
    /** A share 0..1 that a style sheet turns into a length. */
    "--share"?: string;
    /** How certain a model is of a token, 0..1; a style sheet turns it into a colour. */
    "--certainty"?: string;
  }
}
