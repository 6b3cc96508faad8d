import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import { followAddress } from "./app/state/address";
import { setView } from "./app/state/lab";
import { openLab } from "./app/state/open-lab";
import { refuseStrayDrops } from "./app/state/stray-drops";
import { applyTheme, storedTheme } from "./app/state/theme";
import "./app/styles/palette.css";
import "./app/styles/base.css";
import "./app/styles/controls.css";
import "./app/styles/layout.css";
import "./app/styles/panels.css";
import "./app/styles/texts.css";
import "./app/styles/sources.css";
import "./app/styles/book.css";
import "./app/styles/tour.css";
import "./app/styles/training.css";
import "./app/styles/search.css";

const theme = storedTheme();
applyTheme(theme);
setView({ theme });
followAddress();
refuseStrayDrops();
void openLab();

const root = document.getElementById("root");
if (root === null) throw new Error("main: missing #root");
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
