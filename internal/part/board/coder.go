package board

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"errors"
	"hash/crc32"
	"io"
)

// coder writes what is in memory into a file, or reads it from one. What of a
// type is kept is said once, by a method that does both. After an error it does
// nothing any more, and what was read is worth nothing.
type coder struct {
	out *bufio.Writer // nil when it reads
	in  *bufio.Reader
	err error
}

var errShapeless = errors.New("the snapshot has no sense")

// mostItems is more than any list has, so that a damaged length is no reason to
// ask for all memory.
const mostItems = 1 << 30

// mostRanks is more than any level has units.
const mostRanks = 1 << 24

type integer interface {
	~int | ~int64 | ~int32 | ~uint32 | ~uint16 | ~uint8
}

// number keeps a whole number, small ones in few bytes.
func number[T integer](c *coder, v *T) {
	if c.err != nil {
		return
	}
	if c.out != nil {
		c.out.Write(binary.AppendVarint(c.out.AvailableBuffer(), int64(*v)))
		return
	}
	ahead, err := c.in.Peek(binary.MaxVarintLen64)
	read, size := binary.Varint(ahead)
	if size <= 0 {
		c.err = errors.Join(errShapeless, err)
		return
	}
	*v = T(read)
	_, c.err = c.in.Discard(size)
}

func (c *coder) flag(v *bool) {
	n := uint8(0)
	if *v {
		n = 1
	}
	number(c, &n)
	*v = n == 1
}

// list keeps a list, of which each item is kept by each.
func list[T any](c *coder, items *[]T, each func(*T)) {
	n := len(*items)
	number(c, &n)
	if c.err == nil && (n < 0 || n > mostItems) {
		c.err = errShapeless
	}
	if c.err != nil {
		return
	}
	if c.out == nil {
		// A damaged file may promise a long list and have nothing of it.
		*items = make([]T, 0, min(n, 1<<16))
		for range n {
			var item T
			if each(&item); c.err != nil {
				return
			}
			*items = append(*items, item)
		}
		return
	}
	for i := range *items {
		each(&(*items)[i])
	}
}

func numbers[T integer](c *coder, items *[]T) {
	list(c, items, func(v *T) { number(c, v) })
}

// table keeps a map.
func table[K comparable, V any](c *coder, items *map[K]V, each func(*K, *V)) {
	type row struct {
		key   K
		value V
	}
	var rows []row
	for key, value := range *items {
		rows = append(rows, row{key, value})
	}
	list(c, &rows, func(r *row) { each(&r.key, &r.value) })
	if c.out == nil {
		*items = make(map[K]V, len(rows))
		for _, r := range rows {
			(*items)[r.key] = r.value
		}
	}
}

// bytes keeps raw bytes.
func (c *coder) bytes(v *[]byte) {
	n := len(*v)
	number(c, &n)
	if c.err == nil && (n < 0 || n > mostItems) {
		c.err = errShapeless
	}
	if c.err != nil {
		return
	}
	if c.out != nil {
		c.out.Write(*v)
		return
	}
	*v = nil
	for n > 0 && c.err == nil {
		part := make([]byte, min(n, 1<<20))
		_, c.err = io.ReadFull(c.in, part)
		*v = append(*v, part...)
		n -= len(part)
	}
}

func (c *coder) text(v *string) {
	b := []byte(*v)
	c.bytes(&b)
	*v = string(b)
}

// document keeps something as JSON: what there is little of.
func document[T any](c *coder, v *T) {
	encoded, err := json.Marshal(v)
	if c.out == nil {
		encoded = nil
	}
	if c.bytes(&encoded); c.err == nil && c.out == nil {
		err = json.Unmarshal(encoded, v)
	}
	c.err = errors.Join(c.err, err)
}

// framed writes a stream in frames with checksums, so that a byte that flipped
// and a file that was cut short are both seen.
type framed struct {
	to io.Writer
}

const frameSize = 1 << 18

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func (f framed) Write(p []byte) (int, error) {
	written := 0
	for len(p) > 0 {
		frame := p[:min(len(p), frameSize)]
		if err := f.frame(frame); err != nil {
			return written, err
		}
		written += len(frame)
		p = p[len(frame):]
	}
	return written, nil
}

// end writes the empty frame that says that nothing is missing.
func (f framed) end() error { return f.frame(nil) }

func (f framed) frame(p []byte) error {
	var head [8]byte
	binary.LittleEndian.PutUint32(head[:], uint32(len(p)))
	binary.LittleEndian.PutUint32(head[4:], crc32.Checksum(p, castagnoli)^uint32(len(p)))
	if _, err := f.to.Write(head[:]); err != nil {
		return err
	}
	_, err := f.to.Write(p)
	return err
}

// unframed reads what framed wrote. What went wrong once goes wrong again:
// whoever looks ahead may not have told it.
type unframed struct {
	from  io.Reader
	frame []byte // what is left of it
	room  [frameSize]byte
	err   error
}

var errCut = errors.New("the snapshot was cut short")

func (u *unframed) Read(p []byte) (int, error) {
	for len(u.frame) == 0 {
		if u.err == nil {
			u.err = u.next()
		}
		if u.err != nil {
			return 0, u.err
		}
	}
	n := copy(p, u.frame)
	u.frame = u.frame[n:]
	return n, nil
}

// next reads a frame. The error is io.EOF at the empty one and nowhere else.
func (u *unframed) next() error {
	var head [8]byte
	if _, err := io.ReadFull(u.from, head[:]); err != nil {
		return errCut
	}
	n := binary.LittleEndian.Uint32(head[:])
	if n > frameSize {
		return errShapeless
	}
	frame := u.room[:n]
	if _, err := io.ReadFull(u.from, frame); err != nil {
		return errCut
	}
	if crc32.Checksum(frame, castagnoli)^n != binary.LittleEndian.Uint32(head[4:]) {
		return errors.New("the snapshot is damaged")
	}
	if n == 0 {
		return io.EOF
	}
	u.frame = frame
	return nil
}
