"""A many-to-many field that keeps the order in which its rows were given.

The relation rows hold `order`; `article.regions.set([...])` numbers them as listed. Django's own
fixture loader calls `set()` too, so `loaddata` keeps the order of a fixture's list. Read the order
from the rows: `article.region_rows`.
"""

from django.db import models, router, transaction
from django.db.models.fields.related_descriptors import ManyToManyDescriptor
from django.utils.functional import cached_property


class OrderedDescriptor(ManyToManyDescriptor):
    @cached_property
    def related_manager_cls(self):
        class OrderedManager(super().related_manager_cls):
            def set(self, objs, **options):
                keys = list(dict.fromkeys(getattr(obj, "pk", obj) for obj in objs))
                through, source, target = self.through, self.source_field.name, self.target_field.attname
                with transaction.atomic(using=router.db_for_write(through, instance=self.instance)):
                    rows = through._default_manager.filter(**{source: self.instance})
                    rows.delete()
                    through._default_manager.bulk_create(
                        through.row(self.instance, order, **{target: key}) for order, key in enumerate(keys)
                    )
                self._remove_prefetched_objects()

        return OrderedManager


class OrderedManyToManyField(models.ManyToManyField):
    def contribute_to_class(self, cls, name, **options):
        super().contribute_to_class(cls, name, **options)
        setattr(cls, self.name, OrderedDescriptor(self.remote_field, reverse=False))
