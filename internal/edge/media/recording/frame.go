package recording

import (
	"encoding/binary"
	"time"
)

// frame is one picture, or some milliseconds of sound.
type frame struct {
	at      time.Duration // on the recording's timeline
	picture bool
	key     bool // a picture that needs no earlier one
	data    []byte
}

// quiet is Opus for 20 ms of silence, in one channel, from one frame (RFC 6716, 3.1).
var quiet = []byte{0xf8, 0xff, 0xfe}

const quietLength = 20 * time.Millisecond

// isKey says whether a frame of VP8 is a key frame (RFC 6386, 9.1).
func isKey(vp8 []byte) bool {
	return len(vp8) >= keyHead && vp8[0]&1 == 0 && vp8[3] == 0x9d && vp8[4] == 0x01 && vp8[5] == 0x2a
}

const keyHead = 10

// measures are the width and height that the head of a key frame names.
func measures(vp8 []byte) (width, height int) {
	return int(binary.LittleEndian.Uint16(vp8[6:]) & 0x3fff), int(binary.LittleEndian.Uint16(vp8[8:]) & 0x3fff)
}

// opusLength is how long a packet of Opus sounds (RFC 6716, 3.1 and 3.2).
func opusLength(packet []byte) time.Duration {
	if len(packet) == 0 {
		return 0
	}
	config, one := packet[0]>>3, time.Duration(0)
	switch {
	case config < 12:
		one = []time.Duration{10, 20, 40, 60}[config%4] * time.Millisecond
	case config < 16:
		one = []time.Duration{10, 20}[config%2] * time.Millisecond
	default:
		one = []time.Duration{2500, 5000, 10000, 20000}[config%4] * time.Microsecond
	}
	switch packet[0] & 3 {
	case 0:
		return one
	case 1, 2:
		return 2 * one
	}
	if len(packet) < 2 {
		return 0
	}
	return min(time.Duration(packet[1]&0x3f)*one, 120*time.Millisecond)
}
