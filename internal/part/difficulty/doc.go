// Package difficulty carries what stands in a unit's way to the office that can move it,
// and the answer back.
//
// A unit raises a difficulty or an incident to an office above it. The office asked
// gives its word, settles it, hands it up or hands it over; where it is silent for too
// long the matter goes to the office above by rule. It is over when the unit that
// raised it says that it is. Alike ones are gathered and answered once.
//
// What a difficulty is now stands in its row; what was said and done about it stands
// in the log under its subject, and [Steps] reads it from there.
//
// Read [Difficulty] first, then [Raise], answer.go and silence.go.
package difficulty
