"""How commitments came together over time, without whose they are."""

from django.db import migrations

from mungchi.common import policies

# Each event of a commitment says by how much the total and the number of firms change.
COURSE = """
SELECT thread AS campaign_id, subject_id AS commitment_id, at,
       CASE WHEN kind = 'commitment_withdrawn' THEN -(data->'before'->>'quantity')::bigint
            WHEN kind = 'commitment_made' OR from_state = 'withdrawn'
              THEN (data->'after'->>'quantity')::bigint
            ELSE (data->'after'->>'quantity')::bigint - (data->'before'->>'quantity')::bigint
       END AS quantity,
       CASE WHEN kind = 'commitment_withdrawn' THEN -1
            WHEN kind = 'commitment_made' OR from_state = 'withdrawn' THEN 1 ELSE 0 END AS firms
FROM common_history
WHERE kind IN ('commitment_made', 'commitment_changed', 'commitment_withdrawn')
"""


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0061_plans_b"), ("common", "0004_kept_by_the_database")]
    operations = [policies.window("campaigns_course", COURSE)]
