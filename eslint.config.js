import antfu from '@antfu/eslint-config'

export default antfu({
  vue: true,
  typescript: true,
  formatters: false,
  ignores: ['dist', 'public', 'src/gateway/database.types.ts', '**/*.md', '.redwhistle*'],
}, {
  rules: {
    'no-console': 'error',
    'ts/no-explicit-any': 'error',
    'vue/no-v-html': 'error',
    'vue/singleline-html-element-content-newline': 'off',
    'vue/max-attributes-per-line': 'off',
    'style/operator-linebreak': ['error', 'before', { overrides: { '=': 'after' } }],
    'antfu/top-level-function': 'off',
    'antfu/if-newline': 'off',
    'style/max-statements-per-line': 'off',
    // rows and arguments are listed several fields to a line, so that a noun fits on one screen
    'style/member-delimiter-style': 'off',
    'antfu/consistent-list-newline': 'off',
    'antfu/reasonable-newline': 'off',
    'node/prefer-global/process': 'off',
    'test/prefer-lowercase-title': 'off',
    'pnpm/json-enforce-catalog': 'off',
  },
}, {
  files: ['**/*.ts', '**/*.vue'],
  languageOptions: {
    parserOptions: {
      project: ['tsconfig.app.json', 'src/sw/tsconfig.json', 'tsconfig.node.json'],
      extraFileExtensions: ['.vue'],
    },
  },
  rules: { 'ts/no-floating-promises': 'error' },
}, {
  files: ['**/*.ts', '**/*.vue', '**/*.js'],
  rules: {
    'style/max-len': ['error', { code: 120, tabWidth: 2, ignoreUrls: false }],
    'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
  },
}, {
  // a describe is a chapter of sentences, not a function
  files: ['**/*.test.ts'],
  rules: { 'max-lines-per-function': 'off' },
}, {
  files: ['scripts/**', 'supabase/local/**', 'tests/bench/**', 'tests/soak/**', 'tests/kills/**'],
  rules: { 'no-console': 'off' },
})
