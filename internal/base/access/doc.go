// Package access decides who may do what, where: grants, tree and action in,
// yes or why not out.
//
// One function decides, [Decide]. A role held at a unit gives its actions at
// that unit and, for some actions, at the units below it or towards the unit
// above it. Nothing reaches sideways. It has no SQL and no HTTP. Read Decide
// first; the whole of what a role may do is the table in rules.go.
package access
