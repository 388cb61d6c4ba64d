/** Version of package.json, put in when the app is built. */
declare const __APP_VERSION__: string
