package file

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"image"
	_ "image/jpeg" // registers itself with package image
	_ "image/png"  // registers itself with package image
	"io"
	"strings"
)

// Kind is what a file holds, by its content.
type Kind string

// The kinds that are kept.
const (
	PDF  Kind = "pdf"
	Docx Kind = "docx"
	Xlsx Kind = "xlsx"
	Pptx Kind = "pptx"
	PNG  Kind = "png"
	JPEG Kind = "jpg"
)

// Kinds is all kinds, in the order in which they are named to people.
var Kinds = []Kind{PDF, Docx, Xlsx, Pptx, PNG, JPEG}

var mediaTypes = map[Kind]string{
	PDF:  "application/pdf",
	Docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	Xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	Pptx: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
	PNG:  "image/png",
	JPEG: "image/jpeg",
}

// Office says whether an office program wrote it, and shows it.
func (k Kind) Office() bool { return k == Docx || k == Xlsx || k == Pptx }

// Picture says whether it is a picture.
func (k Kind) Picture() bool { return k == PNG || k == JPEG }

// MediaType is the kind's name in HTTP, as "application/pdf".
func (k Kind) MediaType() string { return mediaTypes[k] }

// kindNamed is the kind that a file's extension, without its dot, promises.
func kindNamed(extension string) (Kind, bool) {
	extension = strings.ToLower(extension)
	if extension == "jpeg" {
		return JPEG, true
	}
	_, ok := mediaTypes[Kind(extension)]
	return Kind(extension), ok
}

var errUnknown = errors.New("none of the kinds that are kept")

// sniff tells the kind of a content by its first bytes and, for an Office file,
// by what its package declares. An Office file with macros is none of ours.
func sniff(content io.ReaderAt, size int64) (Kind, error) {
	head := make([]byte, 8)
	if _, err := content.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	switch {
	case bytes.HasPrefix(head, []byte("%PDF-1.")), bytes.HasPrefix(head, []byte("%PDF-2.")):
		return PDF, nil
	case bytes.HasPrefix(head, []byte("\x89PNG\r\n\x1a\n")), bytes.HasPrefix(head, []byte("\xff\xd8\xff")):
		return sniffPicture(io.NewSectionReader(content, 0, size))
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return sniffOffice(content, size)
	}
	return "", errUnknown
}

// sniffPicture reads a picture's header: two right bytes in front do not make a
// picture.
func sniffPicture(content io.Reader) (Kind, error) {
	_, format, err := image.DecodeConfig(content)
	switch {
	case err != nil:
		return "", errors.Join(errUnknown, err)
	case format == "png":
		return PNG, nil
	}
	return JPEG, nil
}

// What the main part of an Office file without macros is declared as.
var mainParts = map[string]Kind{
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml":   Docx,
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml":         Xlsx,
	"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml": Pptx,
}

const (
	contentTypes = "[Content_Types].xml"
	// mostUnpacked is what an Office file may claim to be once unpacked. Nothing is
	// unpacked here, but it will be at the desk of whoever opens it.
	mostUnpacked = 1 << 30
)

func sniffOffice(content io.ReaderAt, size int64) (Kind, error) {
	archive, err := zip.NewReader(content, size)
	if err != nil {
		return "", errors.Join(errUnknown, err)
	}
	var unpacked uint64
	for _, part := range archive.File {
		unpacked += min(part.UncompressedSize64, mostUnpacked+1)
		if unpacked > mostUnpacked || strings.HasSuffix(strings.ToLower(part.Name), "vbaproject.bin") {
			return "", errUnknown
		}
	}
	part, err := archive.Open(contentTypes)
	if err != nil {
		return "", errors.Join(errUnknown, err)
	}
	defer part.Close()
	return declared(io.LimitReader(part, 1<<20))
}

// declared reads which kind of document a package's list of content types
// declares.
func declared(list io.Reader) (Kind, error) {
	var types struct {
		Overrides []struct {
			ContentType string `xml:"ContentType,attr"`
		} `xml:"Override"`
	}
	if err := xml.NewDecoder(list).Decode(&types); err != nil {
		return "", errors.Join(errUnknown, err)
	}
	for _, part := range types.Overrides {
		if kind, ok := mainParts[part.ContentType]; ok {
			return kind, nil
		}
	}
	return "", errUnknown
}
