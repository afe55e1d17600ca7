// Package vp8 writes VP8 for pictures that mostly stand still: the test pictures of
// made-up sites, of which sixty run beside a demonstration on two cores.
//
// It writes a small part of RFC 6386. A key frame predicts each block of 16 by 16 by the
// mean of its neighbours; any other frame holds only the blocks that changed, by what they
// differ from the frame before, and costs some hundred bytes. There is no motion, no
// filter, no rate, and no decoder: browsers have one. It is no encoder for cameras.
// Read [Encoder].
package vp8
