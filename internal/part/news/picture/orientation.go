package picture

import (
	"bytes"
	"encoding/binary"
)

// Parts of a JPEG file (ITU-T T.81, annex B) and of its metadata (Exif 2.3, 4.5 and 4.6).
const (
	marker         = 0xff
	metadata       = 0xe1 // APP1
	startOfScan    = 0xda
	orientationTag = 0x0112
	short          = 3 // the type of a number of two bytes
	entryLength    = 12
)

// orientation finds how a JPEG's camera was held. What cannot be read is upright.
func orientation(content []byte) turn {
	rest := content[min(2, len(content)):]
	for len(rest) >= 4 && rest[0] == marker && rest[1] != startOfScan {
		length := int(binary.BigEndian.Uint16(rest[2:]))
		if length < 2 || 2+length > len(rest) {
			return upright
		}
		segment := rest[4 : 2+length]
		if tags, ok := bytes.CutPrefix(segment, []byte("Exif\x00\x00")); ok && rest[1] == metadata {
			return tagged(tags)
		}
		rest = rest[2+length:]
	}
	return upright
}

// tagged reads the orientation in the first list of tags.
func tagged(tags []byte) turn {
	if len(tags) < 8 {
		return upright
	}
	var order binary.ByteOrder
	switch string(tags[:2]) {
	case "II":
		order = binary.LittleEndian
	case "MM":
		order = binary.BigEndian
	default:
		return upright
	}
	at := uint64(order.Uint32(tags[4:]))
	if at+2 > uint64(len(tags)) {
		return upright
	}
	entries := tags[at+2:]
	for range order.Uint16(tags[at:]) {
		if len(entries) < entryLength {
			return upright
		}
		if order.Uint16(entries) == orientationTag && order.Uint16(entries[2:]) == short {
			return turn(order.Uint16(entries[8:]))
		}
		entries = entries[entryLength:]
	}
	return upright
}
