/** The project's folder, as a URL that ends in a slash. */
export const PROJECT = new URL('../../', import.meta.url)
