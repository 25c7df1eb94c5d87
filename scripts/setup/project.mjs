/** The project's folder, as a URL that ends in a slash. */
export const PROJECT = new URL('../../', import.meta.url)

/** The project's package.json. */
export const PACKAGE_FILE = new URL('package.json', PROJECT)
