package recording

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math/bits"
	"time"
)

// Identifiers of the elements that the scanner knows (RFC 9559, 5.1).
const (
	idHead        = 0x1a45dfa3
	idSegment     = 0x18538067
	idInfo        = 0x1549a966
	idTracks      = 0x1654ae6b
	idCluster     = 0x1f43b675
	idTimecode    = 0xe7
	idSimpleBlock = 0xa3
)

// place is where a cluster stands in its segment, and what a player can do there.
type place struct {
	offset, size  int64
	at            time.Duration
	key           bool // it begins with a key frame
	width, height int  // of that
}

// scan finds the whole clusters of a segment, and when the last of them ends. What follows
// the first damage is left out; a segment without a whole cluster is empty.
func scan(file io.ReaderAt, size int64) (places []place, end time.Duration, err error) {
	offset := int64(0)
	for offset < size {
		e, err := elementAt(file, offset, size)
		if err != nil {
			return nil, 0, err
		}
		if e.id == 0 {
			break
		}
		offset = e.body + e.size
		if e.id != idCluster {
			continue
		}
		p, ok, err := first(file, e)
		if err != nil {
			return nil, 0, err
		}
		if !ok || len(places) > 0 && p.at < places[len(places)-1].at {
			break
		}
		places = append(places, p)
	}
	for len(places) > 0 { // only the last can be torn and still have its size
		last := places[len(places)-1]
		end, ok, err := ends(file, last)
		if err != nil || ok {
			return places, end, err
		}
		places = places[:len(places)-1]
	}
	return nil, 0, nil
}

// element is one of EBML's: an identifier, a size, a body.
type element struct {
	id         uint32
	start      int64
	body, size int64
}

// longestHead is an identifier of 4 bytes and a size of 8.
const longestHead = 12

// elementAt reads the head of an element; its id is 0 where there is none that ends
// within the limit.
func elementAt(file io.ReaderAt, offset, limit int64) (element, error) {
	var head [longestHead]byte
	n, err := file.ReadAt(head[:min(longestHead, limit-offset)], offset)
	if err != nil && !errors.Is(err, io.EOF) {
		return element{}, fmt.Errorf("reading a segment of the recording: %w", err)
	}
	return parseElement(head[:n], offset, limit), nil
}

// parseElement reads the head of an element that stands at an offset.
func parseElement(head []byte, offset, limit int64) (e element) {
	id, width := number(head, 4)
	if width == 0 {
		return e
	}
	size, more := number(head[width:], 8)
	if more == 0 {
		return e
	}
	e = element{id: uint32(id), start: offset, body: offset + int64(width+more), size: int64(size &^ (1 << (7 * more)))}
	if e.id == idSegment { // whose size may not be known yet: what is in it follows
		e.size = 0
	}
	if e.size > limit-e.body {
		return element{}
	}
	return e
}

// number reads one of EBML's numbers with its marker, at most as wide as given; width 0 is none.
func number(bytes []byte, widest int) (n uint64, width int) {
	if len(bytes) == 0 {
		return 0, 0
	}
	width = bits.LeadingZeros8(bytes[0]) + 1
	if width > widest || width > len(bytes) {
		return 0, 0
	}
	for _, b := range bytes[:width] {
		n = n<<8 | uint64(b)
	}
	return n, width
}

// firstBytes is as much of a cluster as says what it begins with.
const firstBytes = 64

// first reads the beginning of a cluster; false is damaged.
func first(file io.ReaderAt, e element) (p place, ok bool, err error) {
	var head [firstBytes]byte
	start := head[:min(firstBytes, e.size)]
	if _, err := file.ReadAt(start, e.body); err != nil && !errors.Is(err, io.EOF) {
		return p, false, fmt.Errorf("reading a segment of the recording: %w", err)
	}
	p = place{offset: e.start, size: e.body + e.size - e.start}
	time := parseElement(start, 0, int64(len(start)))
	if time.id != idTimecode || time.size > 8 {
		return p, false, nil
	}
	if p.at, ok = moment(start[time.body : time.body+time.size]); !ok {
		return p, false, nil
	}
	block := parseElement(start[time.body+time.size:], 0, 1<<40)
	if block.id != idSimpleBlock || block.size > e.size {
		return p, false, nil
	}
	b, ok := parseBlock(start[time.body+time.size+block.body:])
	if ok && b.track == pictureTrack && isKey(b.data) {
		p.key = true
		p.width, p.height = measures(b.data)
	}
	return p, ok, nil
}

// moment reads a cluster's timecode.
func moment(bytes []byte) (at time.Duration, ok bool) {
	n := uint64(0)
	for _, b := range bytes {
		n = n<<8 | uint64(b)
	}
	return time.Duration(n) * time.Millisecond, n <= uint64(maximum.Milliseconds())
}

// block is the head of a SimpleBlock, and as much of its frame as was read.
type block struct {
	track byte
	after time.Duration // its cluster's moment
	data  []byte
}

func parseBlock(bytes []byte) (b block, ok bool) {
	if len(bytes) < 4 || bytes[0]&0x80 == 0 {
		return b, false
	}
	after := time.Duration(int16(binary.BigEndian.Uint16(bytes[1:]))) * time.Millisecond
	b = block{track: bytes[0] & 0x7f, after: after, data: bytes[4:]}
	return b, b.track == pictureTrack || b.track == soundTrack
}

// largestCluster is more than a second of anything can be.
const largestCluster = 64 << 20

// ends walks through a whole cluster and tells when its sound ends; false is damaged.
func ends(file io.ReaderAt, p place) (end time.Duration, ok bool, err error) {
	if p.size > largestCluster {
		return 0, false, nil
	}
	bytes := make([]byte, p.size)
	if _, err := file.ReadAt(bytes, p.offset); err != nil && !errors.Is(err, io.EOF) {
		return 0, false, fmt.Errorf("reading a segment of the recording: %w", err)
	}
	bytes = bytes[parseElement(bytes, 0, p.size).body:]
	for end = p.at; len(bytes) > 0; {
		e := parseElement(bytes, 0, int64(len(bytes)))
		if e.id == 0 {
			return 0, false, nil
		}
		body := bytes[e.body : e.body+e.size]
		bytes = bytes[e.body+e.size:]
		if e.id != idSimpleBlock {
			continue
		}
		b, ok := parseBlock(body)
		if !ok {
			return 0, false, nil
		}
		until := p.at + b.after
		if b.track == soundTrack {
			until += opusLength(b.data)
		}
		end = max(end, until)
	}
	return end, true, nil
}
