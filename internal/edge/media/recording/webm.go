package recording

import (
	"bytes"
	_ "embed"
	"encoding/binary"
	"time"

	"github.com/at-wat/ebml-go"
	"github.com/at-wat/ebml-go/webm"
)

// The tracks of every lane.
const (
	pictureTrack = 1
	soundTrack   = 2
)

// black is a key frame without light, of 320 by 180: what is seen of whoever shows nothing.
//
//go:embed black.vp8
var black []byte

const millisecond = 1_000_000 // nanoseconds, the scale of all times in our files

var ebmlHead = struct {
	Head webm.EBMLHeader `ebml:"EBML"`
}{webm.EBMLHeader{
	EBMLVersion: 1, EBMLReadVersion: 1, EBMLMaxIDLength: 4, EBMLMaxSizeLength: 8,
	DocType: "webm", DocTypeVersion: 4, DocTypeReadVersion: 2,
}}

// prologue is what stands before the clusters.
type prologue struct {
	Info   webm.Info
	Tracks webm.Tracks
	Cues   *webm.Cues
}

func about(length time.Duration) webm.Info {
	return webm.Info{TimecodeScale: millisecond, MuxingApp: "giaoban", WritingApp: "giaoban", Duration: float64(length) / millisecond}
}

// opusHead is the private data of Opus in WebM (RFC 7845, 5.1): two channels, nothing skipped, 48 kHz.
var opusHead = []byte("OpusHead\x01\x02\x00\x00\x80\xbb\x00\x00\x00\x00\x00")

const preRoll = 80_000_000 // ns that a decoder of Opus needs before a place it jumps to (RFC 7845, 4.6)

// tracks describes a lane; width 0 means that it has no picture.
func tracks(width, height int) webm.Tracks {
	sound := webm.TrackEntry{
		TrackNumber: soundTrack, TrackUID: soundTrack, TrackType: 2, CodecID: "A_OPUS", CodecPrivate: opusHead, SeekPreRoll: preRoll,
		Audio: &webm.Audio{SamplingFrequency: 48000, Channels: 2},
	}
	if width == 0 {
		return webm.Tracks{TrackEntry: []webm.TrackEntry{sound}}
	}
	picture := webm.TrackEntry{
		TrackNumber: pictureTrack, TrackUID: pictureTrack, TrackType: 1, CodecID: "V_VP8",
		Video: &webm.Video{PixelWidth: uint64(width), PixelHeight: uint64(height)},
	}
	return webm.Tracks{TrackEntry: []webm.TrackEntry{picture, sound}}
}

// unknownSize is the size of a Segment that is still written to.
const unknownSize = 1<<56 - 1

// opening is the beginning of a WebM: all before its clusters, which take up the size.
func opening(p prologue, clusters int64) ([]byte, error) {
	var head, inner bytes.Buffer
	if err := ebml.Marshal(&ebmlHead, &head); err != nil {
		return nil, err
	}
	if err := ebml.Marshal(&p, &inner); err != nil {
		return nil, err
	}
	size := uint64(unknownSize)
	if clusters >= 0 {
		size = uint64(inner.Len()) + uint64(clusters)
	}
	head.Write([]byte{0x18, 0x53, 0x80, 0x67}) // Segment
	head.Write(binary.BigEndian.AppendUint64(nil, 1<<56|size))
	head.Write(inner.Bytes())
	return head.Bytes(), nil
}

// cluster is the bytes of frames, in order, none earlier than the first and all within 32 s.
func cluster(frames []frame) ([]byte, error) {
	start := milliseconds(frames[0].at)
	c := struct{ Cluster webm.Cluster }{webm.Cluster{Timecode: uint64(start)}}
	for _, f := range frames {
		block := ebml.Block{TrackNumber: soundTrack, Keyframe: true, Timecode: int16(milliseconds(f.at) - start), Data: [][]byte{f.data}}
		if f.picture {
			block.TrackNumber, block.Keyframe = pictureTrack, f.key
		}
		c.Cluster.SimpleBlock = append(c.Cluster.SimpleBlock, block)
	}
	var out bytes.Buffer
	err := ebml.Marshal(&c, &out)
	return out.Bytes(), err
}

// milliseconds rounds to the nearest.
func milliseconds(d time.Duration) int64 { return int64((d + time.Millisecond/2) / time.Millisecond) }
