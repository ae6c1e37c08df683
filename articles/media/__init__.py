"""Pictures, recordings and attachments: checked, converted, stored, made smaller and served."""
