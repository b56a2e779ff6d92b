"use strict";
// The same array under two names.
var holder = { list: [1, 2] };
var other = holder;
other.list[1] = "40";
console.log(holder.list[0] + 1, holder.list[1] - 1);
