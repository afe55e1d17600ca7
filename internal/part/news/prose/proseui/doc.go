// Package proseui is the editor of articles: it stands in a form in the place of a
// textarea and keeps the text in it, as it is stored, in step.
//
// The editor lets people type what package prose can store and nothing else. What they
// paste it sends to the server, which reads it by prose.FromHTML. Without script the
// textarea takes plain text where that says all, and otherwise cannot be changed.
//
// The package has no page and no address of its own: a part's form shows a [Field] and
// hands its route for pastes to [Paste]. Read Field first.
package proseui
