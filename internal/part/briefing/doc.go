// Package briefing is the online briefing (giao ban): an office calls its sites
// together, they answer, the agenda is proposed from the board, and the meeting runs
// on the board, with roll call, floor, clock, hands, questions and shows of hands.
//
// What a briefing is at a moment stands in its rows; what happened in it stands in
// the log, under its subject, and the record and the minutes are read from there.
// Whatever is done is done by the chair, or by a secretary by the chair's word, or
// by a site for itself. The package knows nothing of pictures and sound: a briefing
// is whole without them.
//
// Papers are handed out for it ([Handout]): versions and pages that are shown are
// events; who opened what, and private notes, are rows alone and go with the person.
// Before the day each site tries its place ([Check]).
//
// Read [Briefing] first, then room.go, floor.go and handout.go.
package briefing
