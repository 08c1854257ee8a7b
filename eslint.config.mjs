import jsdoc from "eslint-plugin-jsdoc";
import typescript from "typescript-eslint";

/** What only lib/runtime/environment.ts may read; elsewhere it is an argument, so that a run can be repeated. */
const onePlace = [
  { object: "Math", property: "random", message: "Take a RandomGenerator as an argument (lib/runtime/random.ts)." },
  { object: "process", property: "env", message: "Read variables in lib/runtime/environment.ts." },
  { object: "process", property: "cwd", message: "Take folders from lib/runtime/environment.ts." },
  { object: "Date", property: "now", message: "Take a Clock as an argument (lib/runtime/environment.ts)." },
  { object: "performance", property: "now", message: "Take a Clock as an argument (lib/runtime/environment.ts)." },
];

export default typescript.config(
  { ignores: ["dist/", "dist.partial/", ".venv/", ".setup/", "results/", "data/", "notebooks/", "docs/"] },
  {
    files: ["lib/**/*.ts", "test/**/*.ts"],
    extends: [typescript.configs.strictTypeChecked, typescript.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { project: "tsconfig.check.json", tsconfigRootDir: import.meta.dirname } },
    rules: {
      // A `default` is for what the types rule out; it must not hide a case that somebody forgot.
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: false }],
      // Numbers in messages are what messages are for.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      // Indices of typed arrays are known to be in range where a loop made them.
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
    },
  },
  {
    files: ["lib/**/*.ts"],
    ignores: ["lib/runtime/environment.ts"],
    rules: {
      "no-restricted-properties": ["error", ...onePlace],
      "no-restricted-syntax": [
        "error",
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: "Take a Clock as an argument." },
      ],
    },
  },
  {
    files: ["lib/**/*.ts"],
    plugins: { jsdoc },
    settings: { jsdoc: { mode: "typescript" } },
    rules: {
      // What is public says what it is for. Parameters and fields have a comment where their names do not say it all.
      "jsdoc/require-jsdoc": [
        "error",
        {
          publicOnly: true,
          require: { ClassDeclaration: true, FunctionDeclaration: true, MethodDefinition: true },
          contexts: [
            "TSInterfaceDeclaration",
            "TSTypeAliasDeclaration",
            "ExportNamedDeclaration > VariableDeclaration",
          ],
        },
      ],
      "jsdoc/require-description": "error",
      "jsdoc/check-param-names": ["error", { checkDestructured: false, disableMissingParamChecks: true }],
    },
  },
  {
    files: ["test/**/*.ts"],
    rules: {
      // Chai-like property assertions are not used, but mocha's `describe` and `it` return what they return.
      "@typescript-eslint/no-floating-promises": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
    },
  },
);
