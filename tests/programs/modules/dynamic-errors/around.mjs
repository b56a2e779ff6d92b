import "./never.mjs";
import "./broken.mjs";
