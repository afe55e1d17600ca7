package recording

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"sort"
	"sync"
	"time"

	"github.com/at-wat/ebml-go/webm"
)

// film is the file that is made of a lane: pieces one after the other, of which only the
// head is kept in memory.
type film struct {
	size   int64
	pieces []piece
}

// piece is bytes of a file, or bytes that are made: the head, or a cluster of silence.
type piece struct {
	start, size int64 // in the film
	path        string
	offset      int64
	head        []byte
	silence     silence
}

// newFilm makes the film of a lane's segments, in order, of at least one.
func newFilm(segments []segment, length time.Duration) (film, error) {
	lane := segments[0].lane
	var pieces []piece
	var cues []cue
	size, at := int64(0), time.Duration(0)
	add := func(p piece) {
		p.start = size
		pieces = append(pieces, p)
		size += p.size
	}
	hush := func(until time.Duration) {
		for _, s := range silences(at, until, pictured(lane)) {
			if s.dark || !pictured(lane) {
				cues = append(cues, cue{s.from, size})
			}
			add(piece{size: s.size(), silence: s})
		}
	}
	for _, s := range segments {
		hush(s.places[0].at)
		begin, last := s.places[0].offset, s.places[len(s.places)-1]
		for _, p := range s.places {
			if p.key || !pictured(lane) {
				cues = append(cues, cue{p.at, size + p.offset - begin})
			}
		}
		add(piece{size: last.offset + last.size - begin, path: s.path, offset: begin})
		at = max(at, s.end)
	}
	hush(length)
	head, err := headOf(lane, segments, length, thin(cues), size)
	if err != nil {
		return film{}, err
	}
	f := film{size: size + int64(len(head)), pieces: append([]piece{{size: int64(len(head)), head: head}}, pieces...)}
	for i := range f.pieces[1:] {
		f.pieces[i+1].start += int64(len(head))
	}
	return f, nil
}

// cue is where a player can jump to: a moment, and where its cluster stands among
// them.
type cue struct {
	at     time.Duration
	offset int64
}

// cueEvery is how near to each other cues are of use.
const cueEvery = time.Second

func thin(cues []cue) (kept []cue) {
	for _, c := range cues {
		if len(kept) == 0 || c.at-kept[len(kept)-1].at >= cueEvery {
			kept = append(kept, c)
		}
	}
	return kept
}

// headOf is what stands before the clusters. Cues say where clusters stand after the
// Segment's own head, so their length depends on what they say: it is made until it fits.
func headOf(lane string, segments []segment, length time.Duration, cues []cue, clusters int64) ([]byte, error) {
	width, height, track := 0, 0, uint64(soundTrack)
	if pictured(lane) {
		width, height = sizeOf(segments)
		track = pictureTrack
	}
	p := prologue{Info: about(length), Tracks: tracks(width, height), Cues: &webm.Cues{}}
	shift := int64(0)
	for {
		p.Cues.CuePoint = p.Cues.CuePoint[:0]
		for _, c := range cues {
			p.Cues.CuePoint = append(p.Cues.CuePoint, webm.CuePoint{
				CueTime:           uint64(milliseconds(c.at)),
				CueTrackPositions: []webm.CueTrackPosition{{CueTrack: track, CueClusterPosition: uint64(shift + c.offset)}},
			})
		}
		head, err := opening(p, clusters)
		if err != nil {
			return nil, err
		}
		inner := int64(len(head)) - bodyOf(head)
		if inner == shift {
			return head, nil
		}
		shift = inner // longer than before, so that this ends
	}
}

// bodyOf is where the body of the Segment begins in a head.
func bodyOf(head []byte) int64 {
	ebml := parseElement(head, 0, int64(len(head)))
	return parseElement(head[ebml.body+ebml.size:], ebml.body+ebml.size, 1<<60).body
}

// sizeOf is the largest picture of a lane.
func sizeOf(segments []segment) (width, height int) {
	width, height = measures(black)
	for _, s := range segments {
		for _, p := range s.places {
			if p.width*p.height > width*height {
				width, height = p.width, p.height
			}
		}
	}
	return width, height
}

// Lane opens the file of a lane, which is made while it is read.
func (r *Recording) Lane(name string) (io.ReadSeekCloser, error) {
	f, there := r.films[name]
	if !there {
		return nil, fmt.Errorf("the recording's lane %q: %w", name, fs.ErrNotExist)
	}
	p := &projector{film: f}
	return struct {
		io.ReadSeeker
		io.Closer
	}{io.NewSectionReader(p, 0, f.size), p}, nil
}

// projector reads a film. It holds the one file that was read last.
type projector struct {
	film film

	mu   sync.Mutex
	path string
	file *os.File
}

// ReadAt reads as io.ReaderAt says.
func (p *projector) ReadAt(into []byte, offset int64) (n int, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	pieces := p.film.pieces
	i := sort.Search(len(pieces), func(i int) bool { return pieces[i].start+pieces[i].size > offset })
	for ; n < len(into) && i < len(pieces); i++ {
		m, err := p.read(pieces[i], into[n:], offset+int64(n)-pieces[i].start)
		n += m
		if err != nil {
			return n, err
		}
	}
	if n < len(into) {
		return n, io.EOF
	}
	return n, nil
}

// read reads of one piece, from an offset in it to its end.
func (p *projector) read(of piece, into []byte, offset int64) (int, error) {
	into = into[:min(int64(len(into)), of.size-offset)]
	switch {
	case of.head != nil:
		return copy(into, of.head[offset:]), nil
	case of.path == "":
		return copy(into, of.silence.bytes()[offset:]), nil
	}
	if p.path != of.path {
		file, err := os.Open(of.path)
		if err != nil {
			return 0, fmt.Errorf("reading the recording: %w", err)
		}
		if err := p.close(); err != nil {
			return 0, errors.Join(err, file.Close())
		}
		p.path, p.file = of.path, file
	}
	n, err := p.file.ReadAt(into, of.offset+offset)
	if err != nil {
		return n, fmt.Errorf("reading the recording: %w", err)
	}
	return n, nil
}

func (p *projector) close() error {
	if p.file == nil {
		return nil
	}
	err := p.file.Close()
	p.path, p.file = "", nil
	return err
}

// Close lets go of the file that was read last.
func (p *projector) Close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.close()
}
