// Package conclusion holds what the chair of a meeting concluded: numbered, each for
// units that are named, for all of a level, or for those that meet a condition on the
// board; and the notice by which an office issues them.
//
// A conclusion is written by the host's office, approved by the chair, whose word
// announces it to the units as a task, and issued in a notice, from which it binds. The
// units are fixed when it is approved. One that was issued is changed or withdrawn by
// another notice that names the first.
//
// It knows of the meeting only what [Meeting] says; who leads one is the briefing's to
// decide. Read [Conclusion] first, then write.go and approve.go.
package conclusion
