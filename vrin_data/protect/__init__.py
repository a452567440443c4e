"""The one way out: who is looking, and what they may see."""

from vrin_data.protect.present import Presented, present
from vrin_data.protect.viewer import Viewer

__all__ = ["Presented", "Viewer", "present"]
