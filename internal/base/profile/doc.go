// Package profile holds what an organisation decides for itself: its levels
// and kinds of units, the bodies of a unit and their posts, and the directives
// that an office can begin from, with their milestones and indicators.
//
// A profile is a dated, versioned document in YAML; two are shipped with the
// program. Nothing in it is code, and no code knows what it says: levels,
// deadlines and forms are looked up here. The package also owns the meaning of
// an indicator's value, so that a form, an import and a report check it alike.
// It never stores anything and knows no units. Read [Profile] first.
package profile
