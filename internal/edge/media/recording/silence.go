package recording

import (
	"encoding/binary"
	"time"
)

// silence is a cluster that is made where nothing was recorded: a black picture, if
// the lane has pictures, and silence.
type silence struct {
	from   time.Duration
	frames int
	dark   bool
}

// silenceLength is how much is in one: there, a player can jump.
const silenceLength = 10 * time.Second

// darkAfter is how long a gap may be with the last picture standing still. At the beginning
// there is none.
const darkAfter = 2 * time.Second

// silences fill a gap, but for what is shorter than one frame.
func silences(from, until time.Duration, pictured bool) (all []silence) {
	dark := pictured && (from == 0 || until-from >= darkAfter)
	for until-from >= quietLength {
		s := silence{from: from, frames: int(min(until-from, silenceLength) / quietLength), dark: dark}
		all = append(all, s)
		from += time.Duration(s.frames) * quietLength
	}
	return all
}

const (
	silenceHead = 4 + 8 + 2 + 8     // Cluster, its size, Timecode with its size and 8 bytes
	darkHead    = 1 + 2 + blockHead // SimpleBlock, its size in two bytes
	quietHead   = 1 + 1 + blockHead
	blockHead   = 4 // track, moment, flags
)

func (s silence) size() int64 {
	size := int64(silenceHead + s.frames*(quietHead+len(quiet)))
	if s.dark {
		size += int64(darkHead + len(black))
	}
	return size
}

// bytes are the cluster's.
func (s silence) bytes() []byte {
	all := make([]byte, 0, s.size())
	all = append(all, 0x1f, 0x43, 0xb6, 0x75)
	all = binary.BigEndian.AppendUint64(all, 1<<56|uint64(s.size()-4-8))
	all = append(all, idTimecode, 0x88)
	all = binary.BigEndian.AppendUint64(all, uint64(milliseconds(s.from)))
	if s.dark {
		all = append(all, idSimpleBlock)
		all = binary.BigEndian.AppendUint16(all, 1<<14|uint16(blockHead+len(black)))
		all = append(all, 0x80|pictureTrack, 0, 0, 0x80)
		all = append(all, black...)
	}
	for i := range s.frames {
		at := time.Duration(i) * quietLength
		all = append(all, idSimpleBlock, 0x80|byte(blockHead+len(quiet)), 0x80|soundTrack)
		all = binary.BigEndian.AppendUint16(all, uint16(milliseconds(at)))
		all = append(all, 0x80)
		all = append(all, quiet...)
	}
	return all
}
