"""What firms offer each other, who is brought together, and whom the office seeks out."""

from mungchi.outreach.models.offering import Introduction, Listing, ListingCampaign
from mungchi.outreach.models.seeking import Contact, Quiet, Spell, Survey

__all__ = ["Contact", "Introduction", "Listing", "ListingCampaign", "Quiet", "Spell", "Survey"]
