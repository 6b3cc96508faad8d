import { createNodeResolver, importX } from "eslint-plugin-import-x";
import jsxA11y from "eslint-plugin-jsx-a11y";
import reactHooks from "eslint-plugin-react-hooks";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";
import { importZones } from "./eslint-zones.js";

const ONNXRUNTIME = {
  group: ["onnxruntime-*", "onnxruntime-*/**"],
  message: "Only src/runtime talks to onnxruntime.",
};
const SHADERS = { group: ["**/*.wgsl", "**/*.wgsl?raw"], message: "Only src/gpu/kernels reads shaders." };

/**
 * @param {(typeof ONNXRUNTIME)[]} patterns
 * @returns {import("eslint").Linter.RulesRecord}
 */
const forbidImports = (patterns) => ({
  "@typescript-eslint/no-restricted-imports": ["error", { patterns }],
});

export default defineConfig(
  globalIgnores([
    "dist/",
    "coverage/",
    "test-results/",
    "playwright-report/",
    "runs/",
    "public/",
    "tests/fixtures/",
  ]),
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    plugins: { "import-x": importX },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    settings: {
      "import-x/resolver-next": [createNodeResolver({ extensions: [".ts", ".tsx", ".mjs", ".js"] })],
      "import-x/parsers": { "@typescript-eslint/parser": [".ts", ".tsx", ".mjs"] },
    },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/dot-notation": ["error", { allowIndexSignaturePropertyAccess: true }],
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true }],
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      "@typescript-eslint/ban-ts-comment": [
        "error",
        { "ts-expect-error": true, minimumDescriptionLength: 10 },
      ],
      "import-x/no-cycle": "error",
      "import-x/no-restricted-paths": ["error", { basePath: import.meta.dirname, zones: importZones }],
      eqeqeq: "error",
      "max-lines": ["error", { max: 450 }],
    },
  },
  {
    files: ["src/**"],
    rules: {
      "import-x/no-default-export": "error",
      "no-console": "error",
      ...forbidImports([ONNXRUNTIME, SHADERS]),
      "no-restricted-syntax": [
        "error",
        {
          selector: "TSAsExpression > TSAsExpression > TSUnknownKeyword",
          message: "A cast through unknown hides an error: narrow the type.",
        },
      ],
    },
  },
  { files: ["src/runtime/**"], rules: forbidImports([SHADERS]) },
  { files: ["src/gpu/kernels/**"], rules: forbidImports([ONNXRUNTIME]) },
  { files: ["src/cli/**"], rules: { "no-console": "off" } },
  {
    // Type casts of plain JavaScript stand in comments, which these two rules do not read.
    files: ["src/cli/*.mjs"],
    rules: { "@typescript-eslint/no-unsafe-assignment": "off", "@typescript-eslint/no-unsafe-return": "off" },
  },
  {
    files: ["src/stages/*/types.ts"],
    rules: {
      "no-restricted-syntax": [
        "error",
        {
          selector: "VariableDeclaration, FunctionDeclaration, ClassDeclaration, TSEnumDeclaration",
          message: "A stage's types.ts holds types only: others may import it without importing code.",
        },
      ],
    },
  },
  {
    files: ["src/**/*.tsx", "src/app/**"],
    extends: [reactHooks.configs.flat["recommended-latest"], jsxA11y.flatConfigs.recommended],
  },
  {
    files: ["tests/**"],
    rules: { "@typescript-eslint/no-non-null-assertion": "off" },
  },
);
