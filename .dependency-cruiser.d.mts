/** folder → what it may import beside itself: path patterns */
export declare const LAYERS: Readonly<Record<string, readonly string[]>>
