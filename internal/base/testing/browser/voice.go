package browser

import (
	"bytes"
	"encoding/binary"
	"math"
	"os"
)

// writeVoice writes what the made-up microphone hears: eight seconds like a voice, so that
// whatever listens for people who speak takes it for one. The beep that Chromium makes by
// itself is too short for that.
func writeVoice(file string) error {
	const rate, seconds = 48_000, 8
	samples := make([]int16, rate*seconds)
	phase := 0.0
	for i := range samples {
		t := float64(i) / rate
		phase += (140 + 30*math.Sin(2*math.Pi*0.7*t)) / rate // a voice moves up and down
		level := 0.25 + 0.75*math.Pow(math.Sin(2*math.Pi*2*t), 2)
		sample := 0.0
		for harmonic := 1.0; harmonic <= 12; harmonic++ {
			sample += math.Sin(2*math.Pi*phase*harmonic) / harmonic
		}
		samples[i] = int16(9000 * level * sample)
	}
	var b bytes.Buffer
	size := uint32(2 * len(samples))
	for _, field := range []any{
		[]byte("RIFF"), 36 + size, []byte("WAVEfmt "), uint32(16), uint16(1), uint16(1), uint32(rate), uint32(2 * rate), uint16(2), uint16(16), []byte("data"), size, samples,
	} {
		if err := binary.Write(&b, binary.LittleEndian, field); err != nil {
			return err
		}
	}
	return os.WriteFile(file, b.Bytes(), 0o600)
}
