package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"giaoban/internal/base/fault"
)

// ratioMatters is how many unpacked bytes a part may have whatever its ratio:
// small tables of equal rows pack extremely well and hurt nobody.
const ratioMatters = 16 << 20

// archive is the zip file that an .xlsx file is. Its headers are checked when
// it is opened; what it really unpacks to is counted while reading, because
// headers may lie.
type archive struct {
	parts  map[string]*zip.File // by name as partName writes it
	limits Limits
	left   int64 // bytes that may still be unpacked, however often a part is read
}

func openArchive(content []byte, limits Limits) (*archive, error) {
	// The zip reader makes an entry for each of these marks in the directory,
	// before it can be asked how many there are.
	const directoryMark = "PK\x01\x02"
	if bytes.Count(content, []byte(directoryMark)) > limits.Entries {
		return nil, refuse("sheet.bomb")
	}
	packed, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return nil, fmt.Errorf("reading the zip directory: %w", err)
	}
	a := &archive{parts: make(map[string]*zip.File, len(packed.File)), limits: limits, left: limits.Unzipped}
	var total uint64
	for _, f := range packed.File {
		if f.Flags&1 != 0 {
			return nil, refuse("sheet.encrypted")
		}
		size, allowed := f.UncompressedSize64, uint64(limits.Unzipped)
		if total += size; size > allowed || total > allowed || a.isBomb(f, size) {
			return nil, refuse("sheet.bomb")
		}
		name := partName(f.Name)
		if _, twice := a.parts[name]; twice {
			return nil, fmt.Errorf("two parts are called %q", f.Name)
		}
		a.parts[name] = f
	}
	return a, nil
}

// isBomb says that the part has unpacked to too many bytes for its packed size.
func (a *archive) isBomb(f *zip.File, unpacked uint64) bool {
	return unpacked > ratioMatters && unpacked/uint64(a.limits.Ratio) > f.CompressedSize64
}

// has says whether there is a part of the name.
func (a *archive) has(name string) bool { return a.parts[partName(name)] != nil }

// read hands the unpacked bytes of a part to use, and makes sure that the part
// is whole.
func (a *archive) read(name string, use func(io.Reader) error) error {
	f := a.parts[partName(name)]
	if f == nil {
		return fmt.Errorf("there is no part %q", name)
	}
	unpacking, err := f.Open()
	if err != nil {
		return fmt.Errorf("opening part %q: %w", name, err)
	}
	counted := &inflating{archive: a, file: f, source: unpacking}
	if err := errors.Join(use(counted), unpacking.Close()); err != nil {
		return fmt.Errorf("reading part %q: %w", name, err)
	}
	return nil
}

// inflating counts the bytes that a part really unpacks to.
type inflating struct {
	archive *archive
	file    *zip.File
	source  io.Reader
	size    uint64
}

// Read unpacks further, until a limit is passed.
func (i *inflating) Read(p []byte) (int, error) {
	n, err := i.source.Read(p)
	i.size += uint64(n)
	if i.archive.left -= int64(n); i.archive.left < 0 || i.archive.isBomb(i.file, i.size) {
		return 0, refuse("sheet.bomb")
	}
	return n, err
}

// partName makes names of parts comparable: some programs write backslashes,
// a slash in front, or capitals where the reference has none.
func partName(name string) string {
	return strings.ToLower(strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(name, `\`, "/")), "/"))
}

// asDamaged turns what is no fault into the one sentence that the file is
// damaged; the cause stays for the log.
func asDamaged(err error) error {
	if err == nil || fault.All(err) != nil {
		return err
	}
	return refuse("sheet.damaged").Because(err)
}
