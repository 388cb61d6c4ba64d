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
  files: ['scripts/**', 'supabase/local/**', 'tests/bench/**', 'tests/soak/**', 'tests/kills/**'],
  rules: { 'no-console': 'off' },
})
