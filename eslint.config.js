import tseslint from 'typescript-eslint';

/** Where a thing may be used although it is kept away from everywhere else. */
const onlyIn = (files, rules) => ({ files: ['src/**/*.ts'], ignores: files, rules });

const contextOnly = 'take it from the Context: tests own the clock, the environment and the folder';

/** What is checked as code for a browser. */
const inBrowser = ['web/**/*.{ts,tsx}', 'test/unit/web/**/*.{ts,tsx}', 'test/browser/**/*.ts'];

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'test/fixtures/'] },
  {
    files: ['src/**/*.ts', 'test/**/*.ts', 'web/**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { project: './tsconfig.json' } },
    rules: {
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/dot-notation': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-misused-spread': 'off',
      // There are neither enums nor classes here, and to look for them took a sixth of the rules' time.
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/prefer-includes': 'off',
      '@typescript-eslint/only-throw-error': 'error',
      complexity: ['error', 15],
      eqeqeq: 'error',
      'max-lines': ['error', 250],
      'no-console': 'error',
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true, defaultFrom: true } }],
      'prefer-const': 'error',
    },
  },
  { files: [...inBrowser], languageOptions: { parserOptions: { project: './web/tsconfig.json' } } },
  { files: ['src/**/*.ts', 'web/**/*.{ts,tsx}'], rules: { 'max-lines-per-function': ['error', { max: 60, skipComments: true, skipBlankLines: true }] } },
  onlyIn(['src/proc/**'], {
    'no-restricted-imports': ['error', { paths: ['child_process', 'node:child_process', 'execa'] }],
  }),
  onlyIn(['src/base/context.ts'], {
    'no-restricted-properties': [
      'error',
      { object: 'process', property: 'env', message: contextOnly },
      { object: 'process', property: 'cwd', message: contextOnly },
      { object: 'Date', property: 'now', message: contextOnly },
      { object: 'Math', property: 'random', message: contextOnly },
    ],
    'no-restricted-syntax': [
      'error',
      { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: contextOnly },
    ],
  }),
  {
    files: ['test/**/*.ts'],
    rules: {
      complexity: 'off',
      'no-console': 'off',
      'max-lines': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
    },
  },
);
