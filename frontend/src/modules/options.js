async function $importWith(number, options) {
    if (options !== undefined) {
        if (Object(options) !== options) throw new TypeError("The second argument of import() must be an object");
        const attributes = options.with;
        if (attributes !== undefined) {
            if (Object(attributes) !== attributes) throw new TypeError("The 'options.with' must be an object");
            for (const key of Object.keys(attributes)) {
                if (typeof attributes[key] !== "string") throw new TypeError("Import attribute value must be a string");
            }
        }
    }
    return $importModule(number);
}
