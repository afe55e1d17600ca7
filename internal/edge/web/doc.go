// Package web is the frame of all screens: routes, requests, the layout, forms,
// errors as pages or JSON, assets, and what keeps them safe.
//
// A part's screens declare [Route]s, each with the action it belongs to, and
// answer a [Request] with a [Screen]; the part's use cases decide whether the
// person may. Screens are parsed once for each language; a page is rendered
// whole before its first byte is sent, so that there is no half page. Scripts
// and styles are bundled when the program starts, named by their content and
// kept by browsers for a year.
//
// The frame never reads a part's tables, and no part writes headers of its own:
// cookies, caching, compression and the content policy are decided here. The
// policy allows no inline script and no inline style; a bar's width is an SVG
// attribute, which needs neither.
//
// Read [Request] first, then [Frame].
package web
