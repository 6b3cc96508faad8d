/** Plotly asks `global`, Node's name of the global object, whether the device can hover; browsers have no such name. */
if (!("global" in globalThis)) Object.assign(globalThis, { global: globalThis });
