"use strict";
<div>text</div>
