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
// Read [Briefing] first, then room.go and floor.go.
package briefing
