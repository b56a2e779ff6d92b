"use strict";
// DataView: all accessors in both byte orders, at any place, and what they refuse.
const buffer = new ArrayBuffer(24), view = new DataView(buffer, 2, 20), bytes = new Uint8Array(buffer);
view.setInt8(0, -2); view.setUint8(1, 300); view.setInt16(2, -2, true); view.setUint16(4, 0x1234);
view.setInt32(6, -123456789); view.setUint32(10, 0xdeadbeef, true);
console.log(bytes.join());
console.log(view.getInt8(0), view.getUint8(0), view.getInt16(2), view.getInt16(2, true), view.getUint16(4), view.getUint16(4, true));
console.log(view.getInt32(6), view.getUint32(10, true), view.getInt32(10, true), view.getUint32(10));
view.setFloat32(3, 1.1); view.setFloat64(7, -Math.PI, true);
console.log(view.getFloat32(3), view.getFloat64(7, true), view.getFloat64(7), bytes.slice(5, 9), view.getFloat32(7));
view.setFloat32(0, NaN); view.setFloat64(8, -0); view.setFloat32(4, 1e300);
console.log(view.getFloat32(0), Object.is(view.getFloat64(8), -0), view.getFloat32(4), view.setInt8(0, "5"), view.getInt8());
console.log(view.byteLength, view.byteOffset, view.buffer === buffer, new DataView(buffer).byteLength, new DataView(buffer, 24).byteLength);
function thrown(f) {
    try { return f(); } catch (e) { return e.name + ": " + e.message; }
}
console.log(thrown(() => view.getInt8(20)), thrown(() => view.getInt32(17)), thrown(() => view.setFloat64(13, 1)), thrown(() => view.getInt8(-1)));
console.log(thrown(() => new DataView({})), thrown(() => new DataView(buffer, 25)), thrown(() => new DataView(buffer, 20, 5)), thrown(() => DataView(buffer)));
console.log(thrown(() => view.getInt8.call(bytes, 0)), thrown(() => view.setInt8(0, Symbol())), thrown(() => view.getInt8(Symbol())));
console.log(view, [buffer], Object.keys(view).length, Object.prototype.toString.call(view));
view.note = "n";
console.log(view.note, JSON.stringify(view), view[0], JSON.stringify(buffer));
const little = new Uint16Array(new Uint8Array([1, 0]).buffer)[0] === 1;
console.log(little, ArrayBuffer.prototype.slice.length, DataView.name, buffer.slice(2, 5), buffer.slice(-3).byteLength);
