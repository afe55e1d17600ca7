// Package recording records a briefing's picture and sound on the server and makes the
// recording playable, without decoding anything: VP8 and Opus as they came, in WebM.
//
// A [Recorder] is a hidden participant of the briefing's room. It sorts tracks
// into lanes by the [Scene]: the floor, the chair, the shared screen, and a lane of sound
// for every other open microphone. A track is in one lane at a time: while the chair has the
// floor, or nobody has, the chair's picture and sound are in the lane of the floor and
// the chair's own lane is dark and silent, so that nothing is heard twice.
//
// A lane is a run of files, its segments, each a WebM of at most a minute by itself, and all times in
// them are on the one timeline of the recording. So nothing has to be rewritten
// afterwards: [Open] scans the segments and makes one seekable file of each lane out of a head
// with cues, the segments' own bytes, and silence where there are none. What a crash
// tore is left out. It knows nothing of who may watch, nor of what was on the board.
//
// Read [Start] and [Open] first; then shot.go, tape.go, scan.go and film.go in this order.
package recording
