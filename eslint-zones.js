/** Which folder of src/ may import which: the levels of the design as lint zones. */

/** A folder and the folders of src/ it may import from. Imports go strictly downward. */
const ALLOWED = {
  tensor: [],
  files: ["tensor"],
  graph: ["tensor"],
  gpu: ["tensor"],
  runtime: ["tensor", "files", "graph", "gpu"],
  stages: ["tensor", "files", "graph", "gpu", "runtime"],
  training: ["tensor", "files", "graph", "gpu", "runtime", "stages"],
  recipe: ["stages"],
  engine: ["tensor", "files", "graph", "gpu", "runtime", "stages", "training", "recipe"],
  book: ["stages", "recipe", "engine"],
  cli: ["tensor", "files", "graph", "gpu", "runtime", "stages", "training", "recipe", "engine", "book"],
  app: ["tensor", "recipe", "engine", "stages", "book"],
};

/** The method in its order: a stage knows the types of the stages before it, and no other stage's code. */
const STAGES = ["data", "model", "factors", "spectrum", "edit", "evaluation"];

/** @type {[string, string[]][]} */
const allowed = Object.entries(ALLOWED);

const levelZones = allowed.flatMap(([folder, lower]) =>
  Object.keys(ALLOWED)
    .filter((other) => other !== folder && !lower.includes(other))
    .map((other) => ({
      target: `./src/${folder}`,
      from: `./src/${other}`,
      message: `src/${folder} stands below or beside src/${other} and must not import it.`,
    })),
);

const stageZones = STAGES.flatMap((stage, position) =>
  STAGES.filter((other) => other !== stage).map((other) => ({
    target: `./src/stages/${stage}`,
    from: `./src/stages/${other}`,
    ...(STAGES.indexOf(other) < position ? { except: ["./types.ts"] } : {}),
    message: `stages/${stage} may import only types.ts, and only of earlier stages.`,
  })),
);

/** The page steers and watches: of the stages it knows types alone, of the engine the client and its types. */
const pageZones = [
  ...STAGES.map((stage) => ({
    target: "./src/app",
    from: `./src/stages/${stage}`,
    except: ["./types.ts"],
    message: "The page takes types from the stages, never code.",
  })),
  {
    target: "./src/app",
    from: "./src/tensor",
    except: ["./staircase.ts"],
    message:
      "The page computes one thing itself, the staircase under a dragged energy; tensors stay in the worker.",
  },
  {
    target: "./src/app",
    from: "./src/engine",
    except: ["./client.ts", "./api.ts"],
    message: "The page reaches the engine through client.ts and its types in api.ts.",
  },
  ...STAGES.map((stage) => ({
    target: "./src/recipe",
    from: `./src/stages/${stage}`,
    except: ["./types.ts"],
    message: "A recipe is data: it knows the types of the stages alone.",
  })),
];

/** The book tells of runs that are stored: it computes none. */
const bookZones = [
  ...STAGES.map((stage) => ({
    target: "./src/book",
    from: `./src/stages/${stage}`,
    except: ["./types.ts"],
    message: "The book knows the types of the stages alone.",
  })),
  {
    target: "./src/book",
    from: "./src/engine",
    except: ["./api.ts", "./decay-series.ts", "./key.ts", "./stored-results.ts"],
    message: "The book reads results; it runs nothing.",
  },
];

export const importZones = [...levelZones, ...stageZones, ...pageZones, ...bookZones];
