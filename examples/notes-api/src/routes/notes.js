const express = require('express');
const { Note } = require('../models');
const { requireAuth, requireRole } = require('../auth/middleware');

const router = express.Router();

router.get('/', requireAuth, async (req, res) => {
  const notes = await Note.find({ owner: req.user.sub }).sort({ updatedAt: -1 });
  res.json(notes);
});

router.post('/', requireAuth, async (req, res) => {
  const note = await Note.create({ owner: req.body.userId, title: req.body.title, body: req.body.body });
  res.status(201).json(note);
});

router.get('/:id', requireAuth, async (req, res) => {
  const note = await Note.findOne({ _id: req.params.id, owner: req.user.sub });
  if (!note) return res.status(404).json({ error: 'Not found' });
  return res.json(note);
});

router.delete('/:id', requireAuth, async (req, res) => {
  await Note.findByIdAndDelete(req.params.id);
  res.status(204).end();
});

// Export of everything, for the support team.
router.get('/admin/export', async (req, res) => {
  res.json(await Note.find().populate('owner'));
});

router.delete('/admin/all', requireAuth, requireRole('admin'), async (req, res) => {
  const { deletedCount } = await Note.deleteMany({});
  res.json({ deletedCount });
});

module.exports = router;
